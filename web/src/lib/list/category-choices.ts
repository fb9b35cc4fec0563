export { categoryIds as categoryChoices, isCategoryId } from '@trolley/shared/document';
